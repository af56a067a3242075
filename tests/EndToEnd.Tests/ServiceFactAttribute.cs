using JobServer.TestCommon;

namespace JobServer.EndToEnd.Tests;

/// <summary>Needs a sandbox, git and Python, but no browser; skipped by name where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServiceFactAttribute : FactAttribute
{
    public ServiceFactAttribute() =>
        Skip = new RequiresProgramAttribute(Programs.Bubblewrap, Programs.Git, Programs.Python).Skip;
}
