namespace JobServer.Portal.Errors;

/// <summary>Why a person may not do something, for the page that says so.</summary>
/// <param name="Act">What was tried, as a verb phrase: "run jobs in this project".</param>
/// <param name="Roles">Roles any one of which would allow it.</param>
/// <param name="WhoCanHelp">Who can give such a role: "a Core Developer".</param>
/// <param name="WhyAddress">The page that explains it step by step.</param>
internal sealed record AccessRefusal(string Act, IReadOnlyList<string> Roles, string WhoCanHelp, string? WhyAddress = null);
