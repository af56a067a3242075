using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using JobServer.Portal.Tests.SignIn;
using WireMock;

namespace JobServer.Portal.Tests.Users;

/// <summary>A private repository on a GitHub of a test's own: only the good token sees it.</summary>
internal sealed class PrivateRepository : IDisposable
{
    private const string Sha = "0123456789abcdef0123456789abcdef01234567";
    private const string Root = "/api/v3/repos/lab/hidden";

    private const string Project =
        """
        version: '3.0'
        actions:
          extract:
            run: python:latest python analysis/extract.py
            outputs:
              moderately_sensitive:
                table: output/table.csv

        """;

    private readonly GitHubServer _gitHub = new();

    public PrivateRepository(string goodToken)
    {
        Good = goodToken;
        _gitHub.On("GET", "/api/v3/user", request => Seen(request, "/user", () => GitHubServer.Json(new { id = 9, login = "octo" }, 200, Headers())));
        On("", () => GitHubServer.Json(new { id = 1, name = "hidden", @private = true }, 200, Headers()));
        On("/branches/main", () => GitHubServer.Json(new { name = "main", commit = new { sha = Sha } }, 200, Headers()));
        On("/commits", () => GitHubServer.Json(
            new[] { new { sha = Sha, commit = new { message = "Newest", author = new { name = "Octo", date = "2026-03-01T10:00:00Z" } } } }, 200, Headers()));
        On("/compare/*", () => GitHubServer.Json(new { status = "identical" }, 200, Headers()));
        On("/contents/project.yaml", () => GitHubServer.Bytes(Encoding.UTF8.GetBytes(Project), "text/plain"));
        On($"/tarball/{Sha}", () => GitHubServer.Bytes(Archive(), "application/x-gzip"));
    }

    /// <summary>The only token that opens anything.</summary>
    public string Good { get; set; }

    /// <summary>What the header says of the token's end.</summary>
    public string? Expires { get; set; }

    public string Repository => $"{_gitHub.Address}/lab/hidden";

    /// <summary>The server itself, where people sign in too.</summary>
    public GitHubServer Server => _gitHub;

    public Dictionary<string, string?> Settings => _gitHub.Settings;

    public IReadOnlyList<string> Asked => _gitHub.Asked;

    public void Dispose() => _gitHub.Dispose();

    private (string Name, string Value)[] Headers() => Expires is null ? [] : [("github-authentication-token-expiration", Expires)];

    private void On(string path, Func<ResponseMessage> answer) => _gitHub.On("GET", Root + path, request => Seen(request, path, answer));

    private ResponseMessage Seen(IRequestMessage request, string path, Func<ResponseMessage> answer)
    {
        var credentials = request.Headers!.TryGetValue("Authorization", out var sent) ? sent.ToString() : "";
        return credentials.EndsWith(' ' + Good, StringComparison.Ordinal) || (path == "/user" && credentials.EndsWith(GitHubServer.AccessToken, StringComparison.Ordinal)) ? answer()
            : credentials.Length == 0 || credentials.StartsWith("Basic ", StringComparison.Ordinal) ? GitHubServer.Json(new { message = "Not Found" }, 404)
            : GitHubServer.Json(new { message = "Bad credentials" }, 401);
    }

    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "lab-hidden-0123456/project.yaml")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Project)),
            });
        }

        return bytes.ToArray();
    }
}
