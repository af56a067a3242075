namespace JobServer.Simulation.Tests.Cluster.Faults;

/// <summary>What a run may be tried with; each seed turns some of them on.</summary>
internal enum Fault
{
    SlowNetwork,
    Drops,
    OneWayCuts,
    Stalls,
    Echoes,
    CallsLost,
    DamagedChunks,
    AgentKills,
    AgentStops,
    PowerCuts,
    CrashesAtWrites,
    CrashesAnywhere,
    Wipes,
    FullDisks,
    FullStores,
    CoordinatorKills,
    CoordinatorStops,
    CrashesAtCommits,
    DatabaseErrors,
    SlowDatabase,
    AgentPauses,
    CoordinatorPauses,
    WrongClocks,
    Cancels,
    Modes,
    ShortSessions,
}
