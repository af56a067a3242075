using JobServer.Domain.Jobs;
using JobServer.Domain.Pipelines;

namespace JobServer.Data.Releases;

/// <summary>The files that a release can be asked for, and those that stayed at the site beside them.</summary>
public static class AskableOutputs
{
    /// <summary>What the last successful run of each action made and nobody released as it is. Only uploaded ones can be asked for.</summary>
    public static IQueryable<OutputFile> Of(JobServerDb db, int workspaceId) => db.OutputFiles
        .Where(file => file.WorkspaceId == workspaceId && file.Level == PrivacyLevel.ModeratelySensitive && file.Disposition != OutputDisposition.Kept
            && file.Job.State == JobState.Succeeded && file.Job.Fence == file.Fence)

        // The action ran again since, so that this is no longer what it gives.
        .Where(file => !db.Jobs.Any(newer => newer.WorkspaceId == workspaceId && newer.BackendId == file.Job.BackendId && newer.Action == file.Job.Action
            && newer.State == JobState.Succeeded && newer.JobRequestId > file.Job.JobRequestId))
        .Where(file => !db.ReleaseFiles.Any(released => released.WorkspaceId == workspaceId && released.Path == file.Path
            && released.Digest == file.Digest && released.DeletedAt == null));
}
