namespace JobServer.Portal.Users;

/// <summary>What GitHub said when it was asked about a token.</summary>
/// <param name="Problem">Why the token cannot be kept, and what to do; null when it can.</param>
/// <param name="Login">Whose token it is.</param>
/// <param name="ExpiresAt">Null when it has no end, or GitHub does not say.</param>
internal sealed record TokenAnswer(string? Problem, string Login = "", DateTimeOffset? ExpiresAt = null);
