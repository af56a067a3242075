using System.Globalization;
using System.Net;
using System.Text.Json;
using JobServer.Domain.Users;
using JobServer.Portal.CodeHosts;
using JobServer.Portal.SignIn.Watch;
using JobServer.Portal.Users;
using Microsoft.Extensions.Options;

namespace JobServer.Portal.SignIn;

/// <summary>Asks GitHub who signs in. Nothing that it says is believed before it was looked at.</summary>
internal sealed class GitHubProfiles(GitHubClients clients, PictureHosts pictures, IOptions<CodeHostOptions> limits, TimeProvider time)
{
    private const string Json = "application/vnd.github+json";
    private const int MostBytes = 256 * 1024;

    /// <exception cref="SignInException">GitHub gives no answer that can be used.</exception>
    public async Task<GitHubProfile> ReadAsync(string token, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limits.Value.Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var user = await AskAsync("user", token, stop.Token) ?? throw new SignInException(SignInProblem.Unreadable);

            // An organisation's policy may hide the addresses; a person without one can still sign in.
            using var emails = await AskAsync("user/emails", token, stop.Token);
            return Read(user.RootElement) with { Email = emails is null ? null : PrimaryOf(emails.RootElement) };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or CapExceededException)
        {
            throw new SignInException(SignInProblem.Unreadable);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new SignInException(SignInProblem.Unavailable);
        }
    }

    /// <summary>Looks an account up by its number, with the app's own credentials.</summary>
    public async Task<GitHubSight> LookAsync(long id, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limits.Value.Deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            using var answer = await clients.GetAsync(string.Create(CultureInfo.InvariantCulture, $"user/{id}"), Json, token: null, stop.Token);
            switch (answer.StatusCode)
            {
                case HttpStatusCode.OK:
                    using (var user = await ParseAsync(answer, stop.Token))
                    {
                        var profile = Read(user.RootElement);
                        return profile.Id == id ? new GitHubSight.Known(profile) : new GitHubSight.Unsure();
                    }

                case HttpStatusCode.NotFound:
                    return new GitHubSight.Unknown();
                case HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized:
                    return new GitHubSight.Limited();
                default:
                    return new GitHubSight.Unsure();
            }
        }
        catch (Exception error) when (error is SignInException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException
            or CapExceededException or HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new GitHubSight.Unsure();
        }
    }

    /// <returns>Null when GitHub does not show it.</returns>
    private async Task<JsonDocument?> AskAsync(string path, string token, CancellationToken cancellation)
    {
        using var answer = await clients.GetAsync(path, Json, token, cancellation);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return await ParseAsync(answer, cancellation);
            case HttpStatusCode.Unauthorized:
                throw new SignInException(SignInProblem.Revoked);
            case HttpStatusCode.Forbidden or HttpStatusCode.NotFound:
                return null;
            default:
                throw new SignInException(SignInProblem.Unavailable);
        }
    }

    private static async Task<JsonDocument> ParseAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await using var content = await answer.Content.ReadAsStreamAsync(cancellation);
        await content.CopyToAsync(new CappedStream(body, MostBytes), cancellation);
        return JsonDocument.Parse(body.ToArray());
    }

    private GitHubProfile Read(JsonElement user)
    {
        var id = user.GetProperty("id").GetInt64();
        var login = user.GetProperty("login").GetString() ?? "";
        if (id <= 0 || login is not { Length: > 0 and <= User.LoginMaxLength } || !login.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new SignInException(SignInProblem.Unreadable);
        }

        var name = PersonNames.Clean(TextOf(user, "name"));
        var picture = TextOf(user, "avatar_url");
        return new GitHubProfile
        {
            Id = id,
            Login = login,
            Name = PersonNames.Problem(name) is null ? name : null,
            PictureAddress = pictures.Allow(picture) ? picture : null,
        };
    }

    private static string? PrimaryOf(JsonElement emails) => emails.EnumerateArray()
        .Where(email => IsTrue(email, "primary") && IsTrue(email, "verified"))
        .Select(email => TextOf(email, "email"))
        .FirstOrDefault(address => EmailAddresses.Problem(address) is null);

    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
