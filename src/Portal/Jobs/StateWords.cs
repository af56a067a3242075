using JobServer.Domain.Jobs;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Jobs;

/// <summary>States as pills show them.</summary>
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

    public static Tone ToneOf(JobRequestState state) => state switch
    {
        JobRequestState.Pending => Tone.Waiting,
        JobRequestState.Running => Tone.Active,
        JobRequestState.Succeeded => Tone.Good,
        JobRequestState.Failed => Tone.Bad,
        JobRequestState.Cancelled => Tone.Neutral,
        JobRequestState.NothingToDo => Tone.Neutral,
    };

    public static string TextOf(JobRequestState state) => state switch
    {
        JobRequestState.Pending => "Pending",
        JobRequestState.Running => "Running",
        JobRequestState.Succeeded => "Succeeded",
        JobRequestState.Failed => "Failed",
        JobRequestState.Cancelled => "Cancelled",
        JobRequestState.NothingToDo => "Nothing to do",
    };
}
