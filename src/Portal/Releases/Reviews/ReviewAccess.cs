using JobServer.Data;
using Microsoft.EntityFrameworkCore;

namespace JobServer.Portal.Releases.Reviews;

/// <summary>An output checker checks what is not their own.</summary>
internal static class ReviewAccess
{
    public static async Task<bool> IsCheckerAsync(JobServerDb db, ReviewView request, int personId, CancellationToken cancellationToken) =>
        request.AuthorId != personId
        && !await db.ProjectMemberships.AnyAsync(member => member.ProjectId == request.ProjectId && member.UserId == personId, cancellationToken);
}
