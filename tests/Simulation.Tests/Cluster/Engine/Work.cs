namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>A continuation that may run.</summary>
internal readonly record struct Work(SimProcess Process, SendOrPostCallback Callback, object? State);
