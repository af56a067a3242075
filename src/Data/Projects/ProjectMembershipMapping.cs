using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Projects;

internal sealed class ProjectMembershipMapping : IEntityTypeConfiguration<ProjectMembership>
{
    public void Configure(EntityTypeBuilder<ProjectMembership> builder)
    {
        builder.HasIndex(membership => new { membership.ProjectId, membership.UserId }).IsUnique();
        builder.HasIndex(membership => membership.UserId);
        builder.HasMany(membership => membership.Roles).WithOne().HasForeignKey(role => role.MembershipId);
    }
}
