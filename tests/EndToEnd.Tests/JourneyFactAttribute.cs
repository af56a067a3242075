using JobServer.TestCommon;

namespace JobServer.EndToEnd.Tests;

/// <summary>Needs Chromium, a sandbox, git and Python; skipped by name where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JourneyFactAttribute : FactAttribute
{
    public JourneyFactAttribute() =>
        Skip = new RequiresProgramAttribute(Programs.Chromium, Programs.Bubblewrap, Programs.Git, Programs.Python).Skip;
}
