namespace JobServer.Data.Backends;

/// <summary>Who changes which backend, as they saw it.</summary>
/// <param name="Revision">Of the row as the person saw it.</param>
public sealed record BackendEdit(int BackendId, int Revision, int PersonId);
