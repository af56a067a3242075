namespace JobServer.Data.Backends;

/// <summary>How many slots jobs take; of a backend's rules the first that matches holds.</summary>
/// <param name="Workspace">A workspace's slug; null for all.</param>
/// <param name="ActionPattern">The name of an action, in which * stands for any characters.</param>
/// <param name="Slots">From 1.</param>
public sealed record WeightRule(string? Workspace, string ActionPattern, int Slots);
