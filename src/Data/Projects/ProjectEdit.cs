namespace JobServer.Data.Projects;

/// <summary>Who changes which project, as they saw it.</summary>
/// <param name="Revision">Of the row as the person saw it.</param>
public sealed record ProjectEdit(int ProjectId, int Revision, int PersonId);
