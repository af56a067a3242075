namespace JobServer.Portal.SignIn.Watch;

/// <summary>Somebody who came from GitHub.</summary>
internal sealed record Watched(int UserId, long GitHubId);
