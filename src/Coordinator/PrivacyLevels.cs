namespace JobServer.Coordinator;

internal static class PrivacyLevels
{
    public static Contracts.V1.PrivacyLevel Of(Domain.Pipelines.PrivacyLevel level) => level switch
    {
        Domain.Pipelines.PrivacyLevel.HighlySensitive => Contracts.V1.PrivacyLevel.HighlySensitive,
        Domain.Pipelines.PrivacyLevel.ModeratelySensitive => Contracts.V1.PrivacyLevel.ModeratelySensitive,
        Domain.Pipelines.PrivacyLevel.MinimallySensitive => Contracts.V1.PrivacyLevel.MinimallySensitive,
    };

    /// <summary>Null for a level that this version does not know: the safe answer is to refuse.</summary>
    public static Domain.Pipelines.PrivacyLevel? Of(Contracts.V1.PrivacyLevel level) => level switch
    {
        Contracts.V1.PrivacyLevel.HighlySensitive => Domain.Pipelines.PrivacyLevel.HighlySensitive,
        Contracts.V1.PrivacyLevel.ModeratelySensitive => Domain.Pipelines.PrivacyLevel.ModeratelySensitive,
        Contracts.V1.PrivacyLevel.MinimallySensitive => Domain.Pipelines.PrivacyLevel.MinimallySensitive,
        _ => null,
    };
}
