namespace JobServer.Data.Users;

/// <summary>How many roles were taken from somebody.</summary>
/// <param name="Everywhere">Roles that held for all projects.</param>
/// <param name="InProjects">Roles of memberships.</param>
public sealed record HeldRoles(int Everywhere, int InProjects);
