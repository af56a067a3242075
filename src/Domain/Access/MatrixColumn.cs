namespace JobServer.Domain.Access;

/// <summary>A column of the permission matrix: somebody who holds this and nothing else.</summary>
/// <param name="Name">As pages show it.</param>
/// <param name="Rights">What a question about a project finds of them.</param>
/// <param name="Role">Null for visitors, people who are signed in, and members without a role.</param>
public sealed record MatrixColumn(string Name, Rights Rights, Role? Role);
