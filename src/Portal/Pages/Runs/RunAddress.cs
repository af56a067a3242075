namespace JobServer.Portal.Pages.Runs;

/// <summary>The slugs on the way to a run.</summary>
internal sealed record RunAddress(string Org, string Project, string Workspace)
{
    public string Page => Workspaces.WorkspaceLinks.Page(Org, Project, Workspace);

    public string Logs => Workspaces.WorkspaceLinks.Logs(Org, Project, Workspace);

    public string RunJobs => Workspaces.WorkspaceLinks.RunJobs(Org, Project, Workspace);

    public string Request(int number) => Jobs.JobLinks.Request(Org, Project, Workspace, number);

    /// <summary>What changed since the request before.</summary>
    public string Compare(int number) => Request(number) + "/compare";

    public string ProjectFile(int number) => $"{Request(number)}/{Studies.ProjectFiles.Name}";

    public string Job(int number, string jobId) => Jobs.JobLinks.Job(Org, Project, Workspace, number, jobId);
}
