using JobServer.TestCommon;

namespace JobServer.EndToEnd.Tests;

/// <summary>As <see cref="JourneyFactAttribute"/>, for a journey that is made in several ways.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JourneyTheoryAttribute : TheoryAttribute
{
    public JourneyTheoryAttribute() =>
        Skip = new RequiresProgramAttribute(Programs.Chromium, Programs.Bubblewrap, Programs.Git, Programs.Python).Skip;
}
