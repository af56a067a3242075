using System.Net;
using System.Text.Json;
using JobServer.Portal.CodeHosts;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.Users;

/// <summary>Asks GitHub whether it takes a token, before the token is kept.</summary>
internal sealed class TokenCheck(GitHubClients clients, IOptions<CodeHostOptions> limits, TimeProvider time)
{
    private const int MostBytes = 256 * 1024;

    private static readonly TokenAnswer Refused = new(
        "GitHub does not accept this token. It may be mistyped, expired or deleted. Make a new one in GitHub's settings and copy it whole.");

    private static readonly TokenAnswer Unavailable = new(
        "GitHub does not answer at the moment, so the token could not be checked and was not saved. Try again in a minute.");

    private static readonly TokenAnswer Limited = new(
        "GitHub accepts no more calls with this token for now, so it could not be checked and was not saved. Wait a while and try again.");

    public async Task<TokenAnswer> AskAsync(string token, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limits.Value.Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var answer = await clients.GetAsync("user", "application/vnd.github+json", token, stop.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => new TokenAnswer(null, await LoginOfAsync(answer, stop.Token), TokenExpiry.Of(answer)),
                HttpStatusCode.Unauthorized => Refused,
                HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests => Limited,
                _ => Unavailable,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or CapExceededException)
        {
            return Unavailable;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return Unavailable;
        }
    }

    private static async Task<string> LoginOfAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        await body.CopyToAsync(new CappedStream(bytes, MostBytes), cancellation);
        using var user = JsonDocument.Parse(bytes.ToArray());
        return user.RootElement.GetProperty("login").GetString() ?? throw new JsonException("GitHub names nobody.");
    }
}
