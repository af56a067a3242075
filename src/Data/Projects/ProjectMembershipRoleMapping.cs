using JobServer.Domain.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Projects;

internal sealed class ProjectMembershipRoleMapping : IEntityTypeConfiguration<ProjectMembershipRole>
{
    public void Configure(EntityTypeBuilder<ProjectMembershipRole> builder)
    {
        builder.HasKey(role => new { role.MembershipId, role.Role });
    }
}
