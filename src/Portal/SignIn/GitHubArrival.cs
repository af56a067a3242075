namespace JobServer.Portal.SignIn;

/// <summary>What became of a person who came from GitHub.</summary>
/// <param name="UserId">Whose account it is.</param>
/// <param name="IsRefused">The account was deactivated.</param>
/// <param name="NeedsName">Neither GitHub nor the person has said what they are called.</param>
internal sealed record GitHubArrival(int UserId, bool IsRefused, bool NeedsName);
