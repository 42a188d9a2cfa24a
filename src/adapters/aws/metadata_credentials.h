#pragma once
// Keys of a role, from the endpoint that AWS puts beside a container or a machine. Each function asks once, for at most
// a second or two.

#include <string_view>

#include "aws/environment.h"
#include "aws/sigv4.h"
#include "base/result.h"

namespace tr::aws {

bool HasContainerEndpoint(const Environment& environment);

// ECS, EKS: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
// kTransient: no answer, or not yet; kPermanent: an address that is neither https nor one of AWS's own (the token must
// not go elsewhere), a token file that cannot be read, or an answer without keys.
Result<Credentials> ContainerCredentials(const Environment& environment);

// EC2, by IMDSv2: https://docs.aws.amazon.com/sdkref/latest/guide/feature-imds-credentials.html
// AWS_EC2_METADATA_SERVICE_ENDPOINT names another address. kTransient: the service is there and does not answer just
// now; kNotFound: there is none, or it knows no role.
Result<Credentials> MachineCredentials(const Environment& environment);

// The keys in such an endpoint's JSON answer.
Result<Credentials> ParseRoleCredentials(std::string_view json);

}  // namespace tr::aws
