using Microsoft.EntityFrameworkCore;

namespace JobServer.Data.Users;

internal static class UserRows
{
    /// <summary>Takes the person's lock with the revision that was shown, so that of two admins at once one finds it changed.</summary>
    /// <returns>False when somebody else was first.</returns>
    public static async Task<bool> RaiseAsync(JobServerDb db, UserEdit edit, CancellationToken cancellationToken) =>
        await db.Users.Where(user => user.Id == edit.UserId && user.Revision == edit.Revision)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.Revision, user => user.Revision + 1), cancellationToken) == 1;
}
