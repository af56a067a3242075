namespace JobServer.Portal.SignIn;

/// <summary>A browser in which a person is signed in.</summary>
internal sealed record SignedInBrowser(DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, bool IsThisOne);
