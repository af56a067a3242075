namespace JobServer.Simulation.Tests.Specification.Conformance;

/// <summary>The store's public writes.</summary>
internal enum CommandKind
{
    Hello,
    Renew,
    TimePasses,
    Claim,
    Accept,
    Return,
    Lose,
    Lapse,
    ReAdopt,
    Cancel,
    Report,
}
