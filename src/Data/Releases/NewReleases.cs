using JobServer.Domain.Backends;
using JobServer.Domain.Releases;

namespace JobServer.Data.Releases;

/// <summary>The rows of a release, whoever or whatever decided on it.</summary>
internal static class NewReleases
{
    private const int UlidRandomBytes = 10;

    /// <param name="policy">What let the files out.</param>
    /// <param name="workspaceId">Whose files.</param>
    /// <param name="backendId">Where they come from.</param>
    /// <param name="createdBy">On whose request.</param>
    /// <param name="jobId">The job whose success let them out; null where people did.</param>
    /// <param name="files">What left.</param>
    /// <param name="now">When.</param>
    /// <param name="random">For the identifiers.</param>
    public static Release Of(
        ReleasePolicy policy, int workspaceId, int backendId, int createdBy, string? jobId,
        IEnumerable<NewReleaseFile> files, DateTimeOffset now, Random random)
    {
        var release = new Release
        {
            Id = NewUlid(now, random),
            WorkspaceId = workspaceId,
            BackendId = backendId,
            JobId = jobId,
            CreatedById = createdBy,
            CreatedAt = now,
            Policy = policy,
        };
        release.Files.AddRange(files.Select(file => new ReleaseFile
        {
            Id = NewUlid(now, random),
            ReleaseId = release.Id,
            WorkspaceId = workspaceId,
            Path = file.Path,
            Size = file.Size,
            Digest = file.Digest,
            CheckedWith = file.CheckedWith,
            CreatedAt = now,
        }));
        return release;
    }

    private static string NewUlid(DateTimeOffset now, Random random)
    {
        var bytes = new byte[UlidRandomBytes];
        random.NextBytes(bytes);
        return Ulid.NewUlid(now, bytes).ToString();
    }
}
