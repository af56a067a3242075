using JobServer.Domain.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Organisations;

internal sealed class OrganisationMembershipMapping : IEntityTypeConfiguration<OrganisationMembership>
{
    public void Configure(EntityTypeBuilder<OrganisationMembership> builder)
    {
        builder.HasKey(membership => new { membership.OrganisationId, membership.UserId });
        builder.HasIndex(membership => membership.UserId);
    }
}
