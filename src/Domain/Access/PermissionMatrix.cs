namespace JobServer.Domain.Access;

/// <summary><see cref="PolicyTable"/> spread out: every permission by everything that somebody can be.</summary>
public static class PermissionMatrix
{
    /// <summary>Visitor, signed in, member of the project, then each role.</summary>
    public static IReadOnlyList<MatrixColumn> Columns { get; } =
    [
        new("Visitor", Rights.Visitor, null),
        new("Signed in", new Rights { IsSignedIn = true }, null),
        new("Member of the project", new Rights { IsSignedIn = true, IsMember = true }, null),
        .. Roles.All.Select(role => new MatrixColumn(
            role.Name(), new Rights { IsSignedIn = true, GlobalRoles = new HashSet<Role> { role } }, role)),
    ];

    /// <summary>The columns that say something about one person: what everybody has, and their own roles.</summary>
    public static IReadOnlyList<MatrixColumn> ColumnsOf(IReadOnlySet<Role> held) =>
        [.. Columns.Where(column => column.Role is not { } role || held.Contains(role))];

    public static MatrixCell Cell(PolicyRow row, MatrixColumn column) =>
        !column.Rights.May(row.Permission) ? MatrixCell.No
        : column.Role is { } role && row.Roles.Contains(role) && Roles.OfProjects.Contains(role) ? MatrixCell.WhereHeld
        : MatrixCell.Yes;
}
