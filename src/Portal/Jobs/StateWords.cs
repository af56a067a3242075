using JobServer.Domain.Jobs;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Jobs;

/// <summary>States of jobs as pills show them.</summary>
internal static class StateWords
{
    public static Tone ToneOf(JobState state, JobStatusCode code) => state switch
    {
        JobState.Pending => Tone.Waiting,
        JobState.Running => Tone.Active,
        JobState.Succeeded => Tone.Good,
        JobState.Failed => code.IsCancellation() ? Tone.Neutral : Tone.Bad,
    };

    public static string TextOf(JobState state, JobStatusCode code) => state switch
    {
        JobState.Pending => "Pending",
        JobState.Running => code == JobStatusCode.Cancelling ? "Cancelling" : "Running",
        JobState.Succeeded => "Succeeded",
        JobState.Failed => code.IsCancellation() ? "Cancelled" : "Failed",
    };
}
