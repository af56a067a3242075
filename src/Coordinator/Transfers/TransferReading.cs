using Grpc.Core;
using JobServer.Contracts.V1;
using JobServer.Data.Blobs;
using JobServer.Data.Jobs;
using JobServer.Domain.Jobs;
using JobServer.Outputs.Disclosure;

namespace JobServer.Coordinator.Transfers;

/// <summary>Checks what agents send before anything is done with it.</summary>
internal static class TransferReading
{
    private const int MaxFiles = 10_000;
    private const int MaxSegment = 255;
    private const int MaxFindings = 1_000;
    private const int MaxRuleId = 8;

    public static AttemptHolder Holder(SessionRef? session, Attempt? attempt)
    {
        if (session is not { AgentId.Length: > 0, SessionEpoch: > 0 } || attempt is not { JobId.Length: Job.IdLength, Fence: > 0 })
        {
            throw Invalid("A call names its session and its attempt.");
        }

        return new AttemptHolder { AgentId = session.AgentId, SessionEpoch = session.SessionEpoch, JobId = attempt.JobId, Fence = attempt.Fence };
    }

    public static void Upload(BeginUploadRequest request, long maxSize)
    {
        // The last line of defence against a defect or a takeover at the site.
        if (request.Level != Contracts.V1.PrivacyLevel.ModeratelySensitive)
        {
            throw Invalid("Only moderately sensitive files may be uploaded.");
        }

        if (request.Size < 0 || request.Size > maxSize)
        {
            throw Invalid($"A file has at most {maxSize} bytes; this one has {request.Size}.");
        }

        if (!Digests.IsWellFormed(request.Sha256))
        {
            throw Invalid("sha256 must be 64 lower-case hexadecimal digits.");
        }

        RequirePath(request.Path);
    }

    public static IReadOnlyList<Domain.Jobs.OutputFile> Files(CommitOutputsRequest request, AttemptHolder holder, int workspaceId, DateTimeOffset now)
    {
        if (request.Files.Count > MaxFiles)
        {
            throw Invalid($"A job has at most {MaxFiles} output files; this one has {request.Files.Count}.");
        }

        return [.. request.Files.Select(file => FileOf(file, holder, workspaceId, now))];
    }

    public static RpcException Invalid(string message) => new(new Grpc.Core.Status(StatusCode.InvalidArgument, message));

    private static Domain.Jobs.OutputFile FileOf(Contracts.V1.OutputFile file, AttemptHolder holder, int workspaceId, DateTimeOffset now)
    {
        if (PrivacyLevels.Of(file.Level) is not { } level || DispositionOf(file.Disposition) is not { } disposition)
        {
            throw Invalid("An output file has an unknown level or disposition.");
        }

        var isModerate = level == Domain.Pipelines.PrivacyLevel.ModeratelySensitive;
        if (disposition == Domain.Jobs.OutputDisposition.Uploaded && !isModerate)
        {
            throw Invalid("Only moderately sensitive files are uploaded.");
        }

        if (isModerate)
        {
            RequirePath(file.Path);
        }
        else if (file.Path.Length > 0 && level == Domain.Pipelines.PrivacyLevel.HighlySensitive)
        {
            throw Invalid("The names of highly sensitive files stay at the site.");
        }

        if (file.Size < 0 || !Digests.IsWellFormed(file.Sha256))
        {
            throw Invalid("An output file has a size and a SHA-256 digest.");
        }

        return new Domain.Jobs.OutputFile
        {
            JobId = holder.JobId,
            Fence = holder.Fence,
            WorkspaceId = workspaceId,
            Path = isModerate ? file.Path : "",
            Level = level,
            Disposition = disposition,
            Size = file.Size,
            Digest = file.Sha256,
            Reason = file.Reason.Length <= 1000 ? file.Reason : file.Reason[..1000],
            Findings = isModerate ? Findings(file) : [],
            CheckedWith = isModerate && file.CheckedWith.Length <= Domain.Jobs.OutputFile.CheckedWithMaxLength ? file.CheckedWith : "",
            CreatedAt = now,
        };
    }

    private static List<Finding> Findings(Contracts.V1.OutputFile file)
    {
        if (file.Findings.Count > MaxFindings || file.Findings.Any(finding => finding.Rule.Length is 0 or > MaxRuleId))
        {
            throw Invalid($"A file has at most {MaxFindings} findings, each of a rule.");
        }

        return [.. file.Findings.Select(finding => new Finding
        {
            Rule = finding.Rule,
            Severity = SeverityOf(finding.Severity),
            Row = finding.Row > 0 ? finding.Row : null,
            Column = finding.Column > 0 ? finding.Column : null,
            Message = finding.Message.Length <= Finding.MessageMaxLength ? finding.Message : finding.Message[..Finding.MessageMaxLength],
        })];
    }

    /// <summary>What a newer agent calls by a name that is not known here is for a person to judge.</summary>
    private static Severity SeverityOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Information => Severity.Information,
        FindingSeverity.Fail => Severity.Fail,
        FindingSeverity.Block => Severity.Block,
        _ => Severity.Review,
    };

    private static Domain.Jobs.OutputDisposition? DispositionOf(Contracts.V1.OutputDisposition disposition) => disposition switch
    {
        Contracts.V1.OutputDisposition.Kept => Domain.Jobs.OutputDisposition.Kept,
        Contracts.V1.OutputDisposition.Uploaded => Domain.Jobs.OutputDisposition.Uploaded,
        Contracts.V1.OutputDisposition.Excluded => Domain.Jobs.OutputDisposition.Excluded,
        _ => null,
    };

    private static void RequirePath(string path)
    {
        var isSound = path.Length is > 0 and <= Domain.Jobs.OutputFile.PathMaxLength
            && !path.Any(c => char.IsControl(c) || c == '\\')
            && path.Split('/').All(segment => segment is not ("" or "." or "..") && segment.Length <= MaxSegment);
        if (!isSound)
        {
            throw Invalid("A path is relative, has no '.', '..' or empty part, no backslash and no control character.");
        }
    }
}
