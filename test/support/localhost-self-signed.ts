// A key and an untrusted certificate for localhost, only for TLS tests. Made with
// openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj "/CN=localhost" \
//   -addext "subjectAltName=DNS:localhost,IP:127.0.0.1"; it expires in 2126.
export const cert = `
-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUXyGTf54Cn948xQqwfELCwpyeH14wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE4NDYwMVoYDzIxMjYxMDI5
MTg0NjAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASsjCe7acQUYlh5KfnC0aX5f4FJ7b4jwHy2DtHfE86jJJEcqcS8sdDS
NYIObrdKDtmWs29RlesuTE/9/5IUGpylo28wbTAdBgNVHQ4EFgQUAtMJ0KYKG3yR
lJJJfIUq/e9cuU0wHwYDVR0jBBgwFoAUAtMJ0KYKG3yRlJJJfIUq/e9cuU0wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgBOj0Kf0yD0OUHtOV5hgD1ArmbCge7pFuo9crhCmx+yQCIAKE
uz6qbYYtty2xMSvzH194KtfQna7yBVq5ZVJXH2jO
-----END CERTIFICATE-----
`;

export const key = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbrQWh/ClYULcFfx+
gH6bdBj2w5RfS31ShP7lNr7T/QWhRANCAASsjCe7acQUYlh5KfnC0aX5f4FJ7b4j
wHy2DtHfE86jJJEcqcS8sdDSNYIObrdKDtmWs29RlesuTE/9/5IUGpyl
-----END PRIVATE KEY-----
`;
