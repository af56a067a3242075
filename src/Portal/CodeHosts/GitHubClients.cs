using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;
using Octokit;
using Octokit.Internal;

namespace JobServer.Portal.CodeHosts;

/// <summary>Makes the two clients that talk to GitHub: Octokit for small answers, HTTP for bytes that may be many.</summary>
internal sealed class GitHubClients(
    IHttpClientFactory http, IHttpMessageHandlerFactory handlers, IOptions<GitHubOptions> gitHub, IOptions<CodeHostOptions> limits)
{
    public const string HttpName = "github";
    private const string Product = "JobServer";

    public GitHubClient Octokit(string? token)
    {
        var connection = new Connection(
            new global::Octokit.ProductHeaderValue(Product), Base(),
            new InMemoryCredentialStore(Credentials(token)),
            new HttpClientAdapter(() => handlers.CreateHandler(HttpName)), new SimpleJsonSerializer());
        connection.SetRequestTimeout(limits.Value.Deadline);
        return new GitHubClient(connection);
    }

    /// <summary>A GET below the API's address, with the same credentials as <see cref="Octokit"/>.</summary>
    public async Task<HttpResponseMessage> GetAsync(
        string path, string accept, string? token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base(), path));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(Product, productVersion: null));
        request.Headers.Accept.ParseAdd(accept);
        var credentials = Credentials(token);
        request.Headers.Authorization = credentials.AuthenticationType switch
        {
            AuthenticationType.Oauth => new AuthenticationHeaderValue("Bearer", credentials.Password),
            AuthenticationType.Basic => new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Login}:{credentials.Password}"))),
            _ => null,
        };
        using var client = http.CreateClient(HttpName);
        client.Timeout = Timeout.InfiniteTimeSpan;
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private Uri Base() => BaseOf(gitHub.Value);

    /// <summary>An Enterprise server has its API below <c>/api/v3/</c>.</summary>
    public static Uri BaseOf(GitHubOptions gitHub)
    {
        // Without the slash the last word of the path would be replaced by what is asked for.
        var address = new Uri(gitHub.ApiAddress.TrimEnd('/') + "/");
        return address is { AbsolutePath: "/", Host: not "api.github.com" } ? new Uri(address, "/api/v3/") : address;
    }

    private Credentials Credentials(string? token) => token is { Length: > 0 }
        ? new Credentials(token)
        : gitHub.Value is { ClientId.Length: > 0, ClientSecret.Length: > 0 } app
            ? new Credentials(app.ClientId, app.ClientSecret, AuthenticationType.Basic)
            : global::Octokit.Credentials.Anonymous;
}
