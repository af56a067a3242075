namespace JobServer.Domain.Pipelines;

/// <summary>The spelling of the privacy levels in a project.yaml.</summary>
public static class PrivacyLevels
{
    public static IReadOnlyList<PrivacyLevel> All { get; } =
        [PrivacyLevel.HighlySensitive, PrivacyLevel.ModeratelySensitive, PrivacyLevel.MinimallySensitive];

    public static string NameOf(PrivacyLevel level) => level switch
    {
        PrivacyLevel.HighlySensitive => "highly_sensitive",
        PrivacyLevel.ModeratelySensitive => "moderately_sensitive",
        PrivacyLevel.MinimallySensitive => "minimally_sensitive",
    };

    public static PrivacyLevel? Parse(string name) => name switch
    {
        "highly_sensitive" => PrivacyLevel.HighlySensitive,
        "moderately_sensitive" => PrivacyLevel.ModeratelySensitive,
        "minimally_sensitive" => PrivacyLevel.MinimallySensitive,
        _ => null,
    };
}
