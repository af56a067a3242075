namespace JobServer.Domain.Access;

public sealed record AccessDecision
{
    public required PolicyRow Row { get; init; }

    public required bool IsAllowed { get; init; }

    public required bool IsSignedIn { get; init; }

    /// <summary>Why not, and who can change that. Empty when allowed.</summary>
    public string Explanation => this switch
    {
        { IsAllowed: true } => "",
        { IsSignedIn: false } => $"Sign in to {Row.Sentence}.",
        { Row.Audience: Audience.Member } => $"Only members of this project may {Row.Sentence}. A Core Developer or an Onboarding Agent can add you.",
        _ => $"To {Row.Sentence} you need the role {string.Join(" or ", Row.Roles.Select(role => role.Name()))}, "
            + $"which {Row.Roles[0].GivenBy()} can give you.",
    };
}
