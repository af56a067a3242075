namespace JobServer.Simulation.Tests.Cluster.Engine;

/// <summary>Unwinds what was running in a process that has just died. Nothing that it does on its way out has an effect.</summary>
internal sealed class ProcessCrashedException(string process) : Exception($"{process} has crashed.");
