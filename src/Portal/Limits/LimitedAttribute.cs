namespace JobServer.Portal.Limits;

/// <summary>Counts what is sent to a page or endpoint; only looking at it is free.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class LimitedAttribute(Limit limit) : Attribute
{
    public Limit Limit { get; } = limit;
}
