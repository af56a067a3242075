using JobServer.Domain.Backends;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Backends;

internal sealed class BackendMembershipMapping : IEntityTypeConfiguration<BackendMembership>
{
    public void Configure(EntityTypeBuilder<BackendMembership> builder)
    {
        builder.HasKey(membership => new { membership.BackendId, membership.UserId });
        builder.HasIndex(membership => membership.UserId);
    }
}
