namespace JobServer.Simulation.Tests.Specification.Attempts;

/// <summary>How a process was started although it must not be. Always none in a right agent.</summary>
[Flags]
internal enum Slip : byte
{
    None = 0,
    Unjournalled = 1,
    LeaseNotKnownLive = 2,
}
