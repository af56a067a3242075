using JobServer.Domain.Backends;
using JobServer.Domain.Projects;
using JobServer.Domain.Users;
using JobServer.Domain.Workspaces;

namespace JobServer.TestCommon;

/// <summary>A project with a workspace, a backend, and a Project Developer who may run jobs there.</summary>
public sealed record TestStudy
{
    public required Project Project { get; init; }

    public required Workspace Workspace { get; init; }

    public required Backend Backend { get; init; }

    public required User Developer { get; init; }
}
