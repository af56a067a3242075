using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using JobServer.Portal.Tests.SignIn;
using WireMock;
using WireMock.Types;
using WireMock.Util;

namespace JobServer.EndToEnd.Tests.Guide;

/// <summary>A GitHub on loopback: the page that asks for consent, and one private repository that only a token opens.</summary>
internal sealed class GitHubOfGuide : IDisposable
{
    public const string Token = "ghp_thetokenoftheguidethatopenstherepository";

    private const string Sha = "89abcdef0123456789abcdef0123456789abcdef";
    private const string Root = "/api/v3/repos/institute/guide-study";

    private readonly GitHubServer _server = new();
    private readonly IReadOnlyDictionary<string, string> _files;

    public GitHubOfGuide(IReadOnlyDictionary<string, string> files)
    {
        _files = files;
        _server.On("GET", "/login/oauth/authorize", Consent);
        _server.On("GET", Root, request => Opened(request, () => GitHubServer.Json(new { id = 7, name = "guide-study", @private = true })));
        On("/branches", () => GitHubServer.Json(new[] { new { name = "main" } }));
        On("/branches/main", () => GitHubServer.Json(new { name = "main", commit = new { sha = Sha } }));
        On("/commits", () => GitHubServer.Json(
            new[] { new { sha = Sha, commit = new { message = "The study", author = new { name = "Researcher", date = "2026-03-01T10:00:00Z" } } } }));
        On("/compare/*", () => GitHubServer.Json(new { status = "identical" }));
        On("/contents/project.yaml", () => GitHubServer.Bytes(Encoding.UTF8.GetBytes(files["project.yaml"]), "text/plain"));
        On($"/tarball/{Sha}", () => GitHubServer.Bytes(Archive(), "application/x-gzip"));
    }

    public string Repository => $"{_server.Address}/institute/guide-study";

    public Dictionary<string, string?> Settings => _server.Settings;

    public void Dispose() => _server.Dispose();

    private void On(string path, Func<ResponseMessage> answer) => _server.On("GET", Root + path, request => Opened(request, answer));

    /// <summary>As GitHub does it: who may not see a repository is told that there is none.</summary>
    private static ResponseMessage Opened(IRequestMessage request, Func<ResponseMessage> answer) =>
        request.Headers!.TryGetValue("Authorization", out var sent) && sent.ToString().EndsWith(' ' + Token, StringComparison.Ordinal)
            ? answer()
            : GitHubServer.Json(new { message = "Not Found" }, (int)HttpStatusCode.NotFound);

    private ResponseMessage Consent(IRequestMessage request)
    {
        var page = new Uri(request.AbsoluteUrl);
        var back = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(page.Query)["redirect_uri"].ToString();
        var address = new Uri(back).GetLeftPart(UriPartial.Authority) + _server.Authorize(page);
        return new ResponseMessage
        {
            StatusCode = (int)HttpStatusCode.OK,
            Headers = new Dictionary<string, WireMockList<string>> { ["Content-Type"] = new("text/html") },
            BodyData = new BodyData
            {
                DetectedBodyType = BodyType.String,
                BodyAsString = $"<!DOCTYPE html><title>Authorize</title><a href=\"{WebUtility.HtmlEncode(address)}\">Authorize JobServer</a>",
            },
        };
    }

    private byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var (path, content) in _files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"institute-guide-study-{Sha[..7]}/{path}")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                });
            }
        }

        return bytes.ToArray();
    }
}
