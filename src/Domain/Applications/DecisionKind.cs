namespace JobServer.Domain.Applications;

/// <summary>The two decisions that stand beside an application before it is approved.</summary>
public enum DecisionKind
{
    Governance,
    Technical,
}
