using JobServer.Simulation.Tests.Specification.Store;

namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>One job, two agents, and for each the coordinator that holds its stream.</summary>
internal readonly record struct AttemptState
{
    public Rows Rows { get; init; }

    public AgentState Agent1 { get; init; }

    public AgentState Agent2 { get; init; }

    /// <summary>What the coordinator of an agent read before it claims: 1 + the fence; 0 for nothing.</summary>
    public byte Read1 { get; init; }

    public byte Read2 { get; init; }

    /// <summary>Leases whose deadline, by the clock of the agent that has them, lies ahead.</summary>
    public Fences Ahead { get; init; }

    public Fences Started { get; init; }

    public Fences StartedAgain { get; init; }

    public Fences Acked { get; init; }

    /// <summary>The fence of a result that was acknowledged and is not committed yet; only with a bug.</summary>
    public byte Uncommitted { get; init; }

    public Slip Slip { get; init; }

    public AgentState Agent(int agent) => agent == 1 ? Agent1 : Agent2;

    public byte Read(int agent) => agent == 1 ? Read1 : Read2;

    public AttemptState With(int agent, AgentState state) => agent == 1 ? this with { Agent1 = state } : this with { Agent2 = state };

    public AttemptState WithRead(int agent, int read) => agent == 1 ? this with { Read1 = (byte)read } : this with { Read2 = (byte)read };
}
