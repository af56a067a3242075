namespace JobServer.Domain.Jobs;

/// <summary>The state of a request from the states of its jobs.</summary>
public static class JobRequestStates
{
    /// <param name="cancelled">How many of <paramref name="failed"/> were cancelled, or failed only because of that.</param>
    public static JobRequestState From(int pending, int running, int succeeded, int failed, int cancelled)
    {
        if (pending + running + succeeded + failed == 0)
        {
            return JobRequestState.NothingToDo;
        }

        if (running > 0)
        {
            return JobRequestState.Running;
        }

        if (pending > 0)
        {
            // Others have moved on, so the request is under way even while nothing runs this instant.
            return succeeded + failed == 0 ? JobRequestState.Pending : JobRequestState.Running;
        }

        if (failed == 0)
        {
            return JobRequestState.Succeeded;
        }

        return cancelled == failed ? JobRequestState.Cancelled : JobRequestState.Failed;
    }
}
