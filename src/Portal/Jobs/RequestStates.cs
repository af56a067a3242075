using JobServer.Domain.Jobs;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Jobs;

/// <summary>States of requests as pills show them.</summary>
internal static class RequestStates
{
    public static Tone Tone(this JobRequestState state) => state switch
    {
        JobRequestState.Pending => Ui.Tone.Waiting,
        JobRequestState.Running => Ui.Tone.Active,
        JobRequestState.Succeeded => Ui.Tone.Good,
        JobRequestState.Failed => Ui.Tone.Bad,
        _ => Ui.Tone.Neutral,
    };

    public static string Text(this JobRequestState state) => state switch
    {
        JobRequestState.Pending => "Pending",
        JobRequestState.Running => "Running",
        JobRequestState.Succeeded => "Succeeded",
        JobRequestState.Failed => "Failed",
        JobRequestState.Cancelled => "Cancelled",
        JobRequestState.NothingToDo => "Nothing to do",
        _ => state.ToString(),
    };
}
