using JobServer.Contracts.V1;
using JobServer.Data.Jobs;
using JobServer.Domain.Backends;

namespace JobServer.Coordinator.Dispatch;

/// <summary>The Assign frame of a claimed job.</summary>
internal static class Assignments
{
    public static Assign Of(ClaimedJob job, long restsOn) => new()
    {
        Attempt = new Attempt { JobId = job.JobId, Fence = job.Fence },
        RestsOn = restsOn,
        Strictness = Strictness.Fenced,
        Spec = new JobSpec
        {
            Kind = job.UsesDatabase ? JobKind.Database : JobKind.Standard,
            RequestIdentifier = job.RequestIdentifier,
            RequestNumber = job.RequestNumber,
            Workspace = job.Workspace,
            Action = job.Action,
            Image = job.Image,
            ImageVersion = job.ImageVersion,
            Arguments = { job.Arguments },
            Outputs = { job.Outputs.Select(output => new OutputSpec { Level = PrivacyLevels.Of(output.Level), Pattern = output.Pattern }) },
            Inputs = { job.Inputs.Select(input => new InputSpec { Action = input.Action, JobId = input.JobId, ManifestDigest = input.ManifestDigest }) },
            Source = new SourceSpec { Sha256 = job.SourceDigest, Size = job.SourceSize, Commit = job.Commit },
            Limits = new LimitsSpec
            {
                TimeMs = (long)(job.TimeLimit?.TotalMilliseconds ?? 0),
                SilenceMs = (long)(job.SilenceLimit?.TotalMilliseconds ?? 0),
            },
            Log = job.LogPolicy == LogPolicy.SiteOnly ? LogTravel.Keep : LogTravel.Send,
            DisclosureProfile = job.DisclosureProfile,
        },
    };
}
