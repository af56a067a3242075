namespace JobServer.Portal.Pages.Runs;

/// <summary>The slugs on the way to a run.</summary>
internal sealed record RunAddress(string Org, string Project, string Workspace)
{
    public string Page => Workspaces.WorkspaceLinks.Page(Org, Project, Workspace);

    public string Logs => Workspaces.WorkspaceLinks.Logs(Org, Project, Workspace);

    public string RunJobs => Workspaces.WorkspaceLinks.RunJobs(Org, Project, Workspace);

    /// <summary>The live part of the page where jobs are chosen.</summary>
    public string LastJobs(long since, bool namesBackends) => $"{RunJobs}live?since={since}{(namesBackends ? "&backends=1" : "")}";

    public string Request(int number) => Jobs.JobLinks.Request(Org, Project, Workspace, number);

    /// <summary>What changed since the request before.</summary>
    public string Compare(int number) => Request(number) + "/compare";

    public string ProjectFile(int number) => $"{Request(number)}/{Studies.ProjectFiles.Name}";

    public string Job(int number, string jobId) => Jobs.JobLinks.Job(Org, Project, Workspace, number, jobId);
}
