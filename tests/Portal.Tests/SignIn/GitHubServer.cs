using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace JobServer.Portal.Tests.SignIn;

/// <summary>A server on loopback that plays GitHub where people sign in: web pages and API on one address, as an Enterprise server.</summary>
internal sealed class GitHubServer : IDisposable
{
    /// <summary>GitHub's token of a person who signs in; it must be found nowhere.</summary>
    public const string AccessToken = "gho_of_the_person_who_signs_in";

    /// <summary>The application's.</summary>
    public const string Secret = "the-secret-of-the-app";

    private const string Code = "a-code-for-one-use";
    private const int Ordinary = 10;
    private const int Instead = 1;
    private readonly WireMockServer _server = WireMockServer.Start(new WireMockServerSettings { Urls = ["http://127.0.0.1:0"] });
    private string _challenge = "";

    public GitHubServer()
    {
        On("POST", "/login/oauth/access_token", ExchangeCode);
        On("GET", "/api/v3/user", request => Json(new Dictionary<string, object?>
        {
            ["id"] = Id,
            ["login"] = Login,
            ["name"] = Name,
            ["avatar_url"] = PictureAddress,
        }));
        On("GET", "/api/v3/user/emails", request => Json(Emails));
    }

    public string Address => _server.Urls[0];

    public long Id { get; set; } = 583_231;

    public string Login { get; set; } = "octo";

    public string? Name { get; set; } = "Octavia Octo";

    public string? PictureAddress { get; set; }

    public object Emails { get; set; } = new object[]
    {
        new { email = "other@example.org", primary = false, verified = true },
        new { email = "octo@example.org", primary = true, verified = true },
    };

    /// <summary>What the portal must be told to sign people in here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["CodeHosts:GitHub:WebAddress"] = Address,
        ["CodeHosts:GitHub:ApiAddress"] = Address,
        ["CodeHosts:GitHub:ClientId"] = "the-app",
        ["CodeHosts:GitHub:ClientSecret"] = Secret,
    };

    /// <summary>What was asked: method, path, credentials.</summary>
    public IReadOnlyList<string> Asked => [.. _server.LogEntries.Select(entry => Line(entry.RequestMessage!))];

    /// <summary>The person says yes on GitHub's page.</summary>
    /// <returns>Where GitHub sends the browser.</returns>
    public string Authorize(Uri page)
    {
        var query = QueryHelpers.ParseQuery(page.Query);
        _challenge = query["code_challenge"].ToString();
        return $"{new Uri(query["redirect_uri"].ToString()).AbsolutePath}?code={Code}&state={Uri.EscapeDataString(query["state"].ToString())}";
    }

    /// <summary>Answers one address in another way from now on.</summary>
    public void Answer(string method, string path, int status, string body, TimeSpan delay = default) =>
        _server.Given(Request.Create().WithPath(path).UsingMethod(method)).AtPriority(Instead)
            .RespondWith(delay == default ? Plain(status, body) : Plain(status, body).WithDelay(delay));

    /// <summary>Answers one address by what was asked.</summary>
    public void On(string method, string path, Func<IRequestMessage, ResponseMessage> answer) =>
        _server.Given(Request.Create().WithPath(path).UsingMethod(method)).AtPriority(Ordinary).RespondWith(Response.Create().WithCallback(answer));

    public static ResponseMessage Json(object body, int status = 200, params (string Name, string Value)[] headers) => new()
    {
        StatusCode = status,
        Headers = new Dictionary<string, WireMockList<string>>(
            headers.Select(header => KeyValuePair.Create(header.Name, new WireMockList<string>(header.Value)))
                .Append(KeyValuePair.Create("Content-Type", new WireMockList<string>("application/json")))),
        BodyData = new BodyData { DetectedBodyType = BodyType.String, BodyAsString = System.Text.Json.JsonSerializer.Serialize(body) },
    };

    public static ResponseMessage Bytes(byte[] body, string type) => new()
    {
        StatusCode = (int)HttpStatusCode.OK,
        Headers = new Dictionary<string, WireMockList<string>> { ["Content-Type"] = new(type) },
        BodyData = new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = body },
    };

    public void Dispose() => _server.Dispose();

    private static IResponseBuilder Plain(int status, string body) =>
        Response.Create().WithStatusCode(status).WithBody(body).WithHeader("Content-Type", "application/json");

    private static string Line(IRequestMessage request) =>
        $"{request.Method} {request.Path} {(request.Headers!.TryGetValue("Authorization", out var credentials) ? credentials.ToString() : "")}".TrimEnd();

    /// <summary>As GitHub does it: a code is good once, for whoever began the sign-in.</summary>
    private ResponseMessage ExchangeCode(IRequestMessage request)
    {
        var form = QueryHelpers.ParseQuery(request.Body);
        var verifier = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        var (expected, _) = (_challenge, _challenge = "");
        return form["client_secret"] != Secret ? Json(new { error = "incorrect_client_credentials" })
            : form["code"] != Code || verifier != expected ? Json(new { error = "bad_verification_code", error_description = "The code passed is incorrect or expired." })
            : Json(new { access_token = AccessToken, token_type = "bearer", scope = "user:email" });
    }
}
