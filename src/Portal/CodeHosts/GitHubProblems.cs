using System.Net;
using System.Runtime.Serialization;
using Octokit;

namespace JobServer.Portal.CodeHosts;

/// <summary>What GitHub's refusals mean to the person who asked.</summary>
internal static class GitHubProblems
{
    private static readonly CodeHostProblem Unavailable = new(
        CodeHostFailure.HostUnavailable, "GitHub does not answer at the moment. Try again in a minute.");

    private static readonly CodeHostProblem Nonsense = new(
        CodeHostFailure.HostUnavailable, "GitHub's answer cannot be read at the moment. Try again in a minute.");

    private static readonly CodeHostProblem RateLimited = new(
        CodeHostFailure.RateLimited,
        "GitHub allows no more calls for now. Wait a while, or give a personal access token: it has a limit of its own.");

    private static readonly CodeHostProblem NoAccess = new(
        CodeHostFailure.TokenWithoutAccess,
        "GitHub does not accept this personal access token for the repository. It may have expired, or lack the " +
        "right to read the repository's contents.");

    private static readonly CodeHostProblem NotVisible = new(
        CodeHostFailure.RepositoryNotFoundOrPrivate,
        "GitHub shows no such repository, and does not tell whether it is absent or private. Check the address; if the " +
        "repository is private, give a personal access token that may read it.");

    /// <summary>Null for errors that are not GitHub's.</summary>
    public static CodeHostProblem? Of(Exception error, string? token) => error switch
    {
        RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException => RateLimited,
        AuthorizationException => NoAccess,
        NotFoundException => Hidden(token),
        ForbiddenException => token is { Length: > 0 } ? NoAccess : RateLimited,
        ApiException or HttpRequestException or IOException or TimeoutException or OperationCanceledException => Unavailable,

        // A proxy's page in place of GitHub's answer, which Octokit reads as nothing or fails to read.
        SerializationException or NullReferenceException or InvalidCastException or FormatException or ArgumentException => Nonsense,
        _ => null,
    };

    public static CodeHostProblem Of(HttpResponseMessage response, string? token) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => NoAccess,
        HttpStatusCode.TooManyRequests => RateLimited,
        HttpStatusCode.Forbidden when response.Headers.TryGetValues("X-RateLimit-Remaining", out var left) && left.Contains("0") => RateLimited,
        HttpStatusCode.Forbidden => token is { Length: > 0 } ? NoAccess : RateLimited,
        _ => Unavailable,
    };

    private static CodeHostProblem Hidden(string? token) => token is { Length: > 0 } ? NoAccess : NotVisible;
}
