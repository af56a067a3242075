namespace JobServer.Domain.Pipelines;

/// <summary>How much an output may tell about a patient; the order is from most to least.</summary>
public enum PrivacyLevel
{
    HighlySensitive,
    ModeratelySensitive,
    MinimallySensitive,
}
