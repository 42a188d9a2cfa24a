// Any bytes as what an AWS service answers or a queue holds: an item, a handle, pieces of XML and JSON, or nothing.

#include <boost/json.hpp>

#include "aws/json_fields.h"
#include "aws/lambda_events.h"
#include "aws/rules_json.h"
#include "aws/sqs_item.h"
#include "aws/xml_text.h"
#include "fuzz_target.h"
#include "ticket/json.h"

TR_FUZZ_TARGET(aws) {
  using tr::fuzz::Require;
  if (const auto item = tr::aws::ReadItem(input)) {
    const auto again = tr::aws::ReadItem(tr::aws::SpellItem(*item));
    Require(again && again->ticket == item->ticket && again->message == item->message);
  }
  if (const auto handle = tr::aws::ReadHandle(input)) {
    const auto again = tr::aws::ReadHandle(tr::aws::SpellHandle(*handle));
    Require(again && again->until == handle->until && again->attempts == handle->attempts &&
            again->receipt == handle->receipt);
  }
  Require(tr::aws::XmlText(input, "Key").size() <= input.size());
  for (const std::string_view part : tr::aws::XmlElements(input, "Contents")) {
    Require(part.data() >= input.data() && part.data() + part.size() <= input.data() + input.size());
  }
  const auto event = tr::aws::ParseEvent(input);
  if (!event) tr::fuzz::RequireText(event.fault().text);
  (void)tr::aws::ParseS3Notification(input);
  tr::net::HttpResponse response;
  response.body = input;
  tr::fuzz::RequireText(tr::aws::WriteUrlResponse(response));
  const auto json = tr::ParseJson(input);
  if (!json || !json->is_object()) return;
  const auto files = tr::aws::RulesFromJson(json->as_object());
  if (files) Require(tr::aws::RulesFromJson(tr::aws::RulesToJson(*files)).ok());
  tr::aws::NumberAt(json->as_object(), "SentTimestamp");
}
