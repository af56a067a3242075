namespace JobServer.Domain.Access;

public enum MatrixCell
{
    No,
    Yes,

    /// <summary>In the projects where the role is held: in one, or in all.</summary>
    WhereHeld,
}
