using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure;

/// <summary>
/// One check. A new one is a class like this, a line in <see cref="DisclosureRules"/> and its fixtures: a file that passes
/// and a twin of it that does not.
/// </summary>
public abstract class DisclosureRule
{
    /// <summary>Short and for good, such as <c>N1</c>: findings of old releases name it.</summary>
    public abstract string Id { get; }

    /// <summary>What it is about, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>The gravest that it finds.</summary>
    public abstract Severity Severity { get; }

    /// <summary>How an author mends what it finds.</summary>
    public abstract string Advice { get; }

    internal abstract void Check(OutputContent output, FindingList findings);
}
