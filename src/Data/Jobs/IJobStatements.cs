using JobServer.Data.Agents;

namespace JobServer.Data.Jobs;

/// <summary>
/// The hot path's set-based statements in the words of one database. Each takes the parameter <c>@rows</c>, a JSON array
/// of objects, and does all of them at once; the guards stand in its <c>WHERE</c>.
/// </summary>
public interface IJobStatements
{
    /// <summary>Rows of <see cref="JobWriteRow"/>; returns the <c>Id</c> of each job that was still as it was read.</summary>
    string MoveJobs { get; }

    /// <summary>Rows of <see cref="AgentRow"/>, in the order of their names; changes nothing but takes the locks of their rows; returns nothing.</summary>
    string LockAgents { get; }

    /// <summary>Rows of <see cref="LeaseRow"/>; returns the <c>Id</c> of each job that was still free, whose fence is now one higher.</summary>
    string LeaseJobs { get; }

    /// <summary>Rows of <see cref="AcceptRow"/>; returns <c>Id, Fence, AgentId, SessionEpoch</c> of each attempt that is still its agent's.</summary>
    string AcceptJobs { get; }

    /// <summary>
    /// Rows of <see cref="HelloRow"/>; returns <c>Id</c> of each agent that was still as it was read, whose epoch is now one higher.
    /// </summary>
    string GreetAgents { get; }

    /// <summary>Rows of <see cref="SupersedeRow"/>; returns nothing.</summary>
    string EndOlderSessions { get; }

    /// <summary>Rows of <see cref="SessionRow"/>; returns nothing.</summary>
    string AddSessions { get; }

    /// <summary>Rows of <see cref="RenewRow"/>; returns <c>AgentId, Epoch</c> of each session that is its agent's newest and has not ended.</summary>
    string RenewSessions { get; }

    /// <summary>Rows of <see cref="EventRow"/>; returns nothing.</summary>
    string AddEvents { get; }

    /// <summary>
    /// Rows of <see cref="RequestSumRow"/>; returns <c>Id, PendingJobs, RunningJobs, SucceededJobs, FailedJobs, CancelledJobs,
    /// State, FirstStartedAt, EndedAt</c> of each request with its new counts and a locked row.
    /// </summary>
    string AddToRequests { get; }

    /// <summary>Rows of <see cref="RequestStateRow"/>; returns nothing.</summary>
    string SetRequestStates { get; }
}
